// Builds into dist/: the widget as one file that any page can embed, and style and script of each page of ours.
import type { BuildOptions } from "vite";
import { defineConfig } from "vitest/config";

const shared = { emptyOutDir: false, target: "es2022", modulePreload: false as const };

const chat = {
  ...shared,
  rolldownOptions: {
    input: { "assistant-chat": "src/assistant-chat/index.ts" },
    output: { entryFileNames: "[name].js", codeSplitting: false },
  },
};

const help = {
  ...shared,
  rolldownOptions: {
    input: { help: "src/help/help.ts", style: "src/help/help.css" },
    output: { entryFileNames: "[name].js", assetFileNames: "help[extname]" },
  },
};

const desk = {
  ...shared,
  rolldownOptions: {
    input: { desk: "src/desk/index.ts", style: "src/desk/styles/desk.css" },
    output: { entryFileNames: "[name].js", assetFileNames: "desk[extname]" },
  },
};

const softphone = {
  ...shared,
  rolldownOptions: {
    input: { softphone: "src/softphone/index.ts", style: "src/softphone/softphone.css" },
    output: { entryFileNames: "[name].js", assetFileNames: "softphone[extname]" },
  },
};

const builds: Record<string, BuildOptions> = { chat, help, desk, softphone };

export default defineConfig(({ mode }) => ({
  build: builds[mode] ?? chat,
  test: { include: ["test/**/*.test.ts"], environment: "happy-dom", reporters: ["dot"] },
}));
