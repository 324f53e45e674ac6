// Two builds into dist/: the widget as one file that any page can embed, and the help page's style and script.
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

export default defineConfig(({ mode }) => ({
  build: mode === "help" ? help : chat,
  test: { include: ["test/**/*.test.ts"], environment: "happy-dom", reporters: ["dot"] },
}));
