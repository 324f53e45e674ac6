/** Reads a document of verbs into steps that a telephone in the browser can carry out. */

export type Spoken = { text: string; language: string };

export type Gather = {
  kind: "gather";
  says: Spoken[];
  takesSpeech: boolean;
  finish: string;
  digits: number;
  seconds: number;
  action: string;
  language: string;
};

export type Step =
  | { kind: "say"; says: Spoken[] }
  | { kind: "pause"; seconds: number }
  | { kind: "go"; to: string }
  | { kind: "connect"; to: string }
  | { kind: "end" }
  | Gather;

/** The steps in their order; anything this telephone does not know ends the call, as it would at the vendor's. */
export function readDocument(text: string): Step[] {
  const root = new DOMParser().parseFromString(text, "text/xml").documentElement;
  if (root.tagName !== "Response") return [{ kind: "end" }];
  return [...root.children].map(step);
}

function step(verb: Element): Step {
  const to = verb.getAttribute("action") ?? "";
  switch (verb.tagName) {
    case "Say":
      return { kind: "say", says: [spoken(verb)] };
    case "Pause":
      return { kind: "pause", seconds: Number(verb.getAttribute("length") ?? 1) };
    case "Redirect":
      return { kind: "go", to: (verb.textContent ?? "").trim() };
    case "Dial":
    case "Enqueue":
      return { kind: "connect", to };
    case "Gather":
      return gather(verb, to);
    default:
      return { kind: "end" };
  }
}

function gather(verb: Element, action: string): Gather {
  return {
    kind: "gather",
    says: [...verb.children].filter((child) => child.tagName === "Say").map(spoken),
    takesSpeech: (verb.getAttribute("input") ?? "dtmf").includes("speech"),
    finish: verb.getAttribute("finishOnKey") ?? "#",
    digits: Number(verb.getAttribute("numDigits") ?? 1000),
    seconds: Number(verb.getAttribute("timeout") ?? 5),
    action,
    language: verb.getAttribute("language") ?? "fr-CA",
  };
}

function spoken(say: Element): Spoken {
  return { text: words(say).replace(/\s+/g, " ").trim(), language: say.getAttribute("language") ?? "fr-CA" };
}

/** What a voice reads: the alias of a substitution, digits and letters one by one. */
function words(node: Element): string {
  return [...node.childNodes]
    .map((child) => {
      if (!(child instanceof Element)) return child.textContent ?? "";
      const inner = words(child);
      if (child.tagName === "sub") return child.getAttribute("alias") ?? inner;
      if (child.tagName === "break") return ", ";
      const way = child.getAttribute("interpret-as");
      return way === "digits" || way === "characters" || way === "telephone" ? [...inner].join(" ") : inner;
    })
    .join("");
}
