/** The browser's speech recognition, where it has one. */

type Result = { results: ArrayLike<ArrayLike<{ transcript: string }>> };
type Recognition = {
  lang: string;
  onresult: (event: Result) => void;
  onend: () => void;
  onerror: () => void;
  start(): void;
  abort(): void;
};
type Maker = new () => Recognition;

function maker(): Maker | undefined {
  const names = window as unknown as Record<string, Maker | undefined>;
  return names["SpeechRecognition"] ?? names["webkitSpeechRecognition"];
}

/** Whether this browser can listen. */
export function canListen(): boolean {
  return maker() !== undefined;
}

/** Listen once; the words, or nothing. */
export function listen(language: string): Promise<string> {
  const make = maker();
  if (!make) return Promise.resolve("");
  return new Promise((resolve) => {
    const recognition = new make();
    recognition.lang = language;
    recognition.onresult = (event) => resolve(event.results[0]?.[0]?.transcript ?? "");
    recognition.onend = () => resolve("");
    recognition.onerror = () => resolve("");
    recognition.start();
  });
}
