// Trains nlp.js, or parses sentences with what it learnt, in a process of its own.
//
//   node worker.js train EXAMPLES.json MODEL.json '["en","fr"]'
//   node worker.js parse MODEL.json TEXTS.json PARSES.json
//
// The last line of standard output is a JSON object with what was measured.
// nlp.js is left as its documentation proposes, and guesses each sentence's language itself.
import { readFileSync, writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

const started = performance.now();
const { NlpManager } = (await import("node-nlp")).default;
const imported = performance.now();

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const peak = () => process.resourceUsage().maxRSS / 1024;

async function train(examples, model, languages) {
  const cpu = process.cpuUsage();
  const manager = new NlpManager({
    languages: JSON.parse(languages),
    forceNER: false,
    autoSave: false,
    nlu: { log: false },
  });
  for (const { text, intent, language } of read(examples)) {
    for (const locale of language ? [language] : JSON.parse(languages)) {
      manager.addDocument(locale, text, intent);
    }
  }
  await manager.train();
  writeFileSync(model, manager.export(true));
  const used = process.cpuUsage(cpu);
  return {
    imports_s: (imported - started) / 1000,
    train_wall_s: (performance.now() - imported) / 1000,
    train_cpu_s: (used.user + used.system) / 1e6,
    train_peak_mb: peak(),
  };
}

async function parse(model, texts, parses) {
  const manager = new NlpManager({ autoSave: false });
  manager.import(readFileSync(model, "utf8"));
  for (const text of ["bonjour", "how much is it?", "?"]) await manager.process(text);
  const loaded = performance.now();
  const found = [];
  for (const text of read(texts)) {
    const start = performance.now();
    const { intent, classifications } = await manager.process(text);
    const seconds = (performance.now() - start) / 1000;
    found.push({ intent, ranking: classifications.map((guess) => guess.intent), seconds });
  }
  writeFileSync(parses, JSON.stringify(found));
  return { load_s: (loaded - started) / 1000, peak_mb: peak() };
}

const [command, ...rest] = process.argv.slice(2);
console.log(JSON.stringify(await (command === "train" ? train : parse)(...rest)));
