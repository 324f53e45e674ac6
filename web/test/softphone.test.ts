import { describe, expect, it } from "vitest";
import { completed } from "../src/softphone/entry";
import { Line } from "../src/softphone/line";
import { readDocument } from "../src/softphone/twiml";

const ASK = `<Response><Gather input="dtmf speech" action="turn?p=1" numDigits="1" finishOnKey="" timeout="6"
  language="fr-CA"><Say language="fr-CA">Bonjour <sub alias="cinquante dollars">50 $</sub>, code
  <say-as interpret-as="digits">12</say-as>.</Say></Gather><Redirect>turn?p=1</Redirect></Response>`;
const ENTRY = `<Response><Gather input="dtmf" action="turn?p=2" numDigits="10" finishOnKey="#" timeout="6">
  <Say language="fr-CA">Numéro?</Say></Gather><Redirect>turn?p=2</Redirect></Response>`;
const BYE = `<Response><Say language="fr-CA">Au revoir.</Say><Hangup/></Response>`;
const silentMouth = { speak: async () => {}, hush: () => {} };

function call(...documents: string[]) {
  const asked: Record<string, string>[] = [];
  const line = new Line(
    async (body) => {
      asked.push(body);
      return body["to"] === "status" ? "" : (documents.shift() ?? BYE);
    },
    silentMouth,
    () => {},
    async () => {},
  );
  return { line, asked };
}

const soon = () => new Promise((done) => setTimeout(done, 5));

describe("documents", () => {
  it("are read as they are spoken", () => {
    const [gather] = readDocument(ASK);
    expect(gather).toMatchObject({ kind: "gather", takesSpeech: true, digits: 1, finish: "" });
    expect(gather?.kind === "gather" && gather.says[0]?.text).toBe("Bonjour cinquante dollars, code 1 2.");
  });

  it("that are none end the call", () => {
    expect(readDocument("<p>no</p>")).toEqual([{ kind: "end" }]);
  });
});

describe("entries", () => {
  it("of one key are complete at once, the pound key among them", () => {
    expect(completed("", "#", { finish: "", digits: 1 })).toBe("#");
  });

  it("of several keys end with the pound key, or when they are full", () => {
    expect(completed("12", "#", { finish: "#", digits: 10 })).toBe("12");
    expect(completed("12", "3", { finish: "#", digits: 10 })).toBeUndefined();
    expect(completed("12", "3", { finish: "#", digits: 3 })).toBe("123");
  });
});

describe("a call", () => {
  it("takes words, keys, and ends", async () => {
    const { line, asked } = call(ASK, ENTRY, BYE);
    void line.ring("+15145550142");
    await soon();
    expect(line.state).toBe("listening");

    line.say("mon solde");
    await soon();
    expect(asked.at(-1)).toMatchObject({ to: "turn?p=1", speech: "mon solde", caller: "+15145550142" });
    expect(line.state).toBe("keysOnly");
    line.say("dit tout haut");
    for (const key of "450#") line.press(key);
    await soon();

    expect(asked.find((one) => one["to"] === "turn?p=2")).toMatchObject({ digits: "450" });
    expect(asked.at(-1)).toMatchObject({ to: "status", status: "completed" });
    expect(line.state).toBe("over");
    expect(new Set(asked.map((one) => one["call"])).size).toBe(1);
  });

  it("follows the document when the caller is silent", async () => {
    const { line, asked } = call(ASK, ASK);
    void line.ring("");
    await soon();

    line.beSilent();
    await soon();

    expect(asked.at(-1)).toMatchObject({ to: "turn?p=1" });
    expect(asked.at(-1)).not.toHaveProperty("speech");
  });

  it("asks how a transfer ended", async () => {
    const { line, asked } = call(`<Response><Dial action="transfer?p=1"><Number>+1</Number></Dial></Response>`, ASK);
    void line.ring("");
    await soon();
    expect(line.state).toBe("connected");

    line.dialled("no-answer");
    await soon();

    expect(asked.at(-1)).toMatchObject({ to: "transfer?p=1", dialled: "no-answer" });
  });

  it("may be ended by the caller, and then answers nothing more", async () => {
    const { line, asked } = call(ASK, ASK);
    void line.ring("");
    await soon();

    line.hangUp();
    line.say("trop tard");
    await soon();

    expect(line.state).toBe("over");
    expect(asked.map((one) => one["to"])).toEqual(["incoming", "status"]);
  });

  it("says so when the service fails", async () => {
    const line = new Line(() => Promise.reject(new Error("500")), silentMouth, () => {});
    await line.ring("");
    expect(line.state).toBe("failed");
  });
});
