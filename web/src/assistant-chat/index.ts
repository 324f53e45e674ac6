/**
 * The one file a page loads. It defines <assistant-chat>; with data-auto on its script tag it also puts one on the page:
 * <script type="module" src="https://…/static/assistant-chat.js" data-auto data-lang="fr" data-phone="+1…"></script>
 */

import { AssistantChat } from "./assistant-chat";

const NAME = "assistant-chat";
const PASSED_ON = ["lang", "phone", "phone-label", "heading"];

if (!customElements.get(NAME)) customElements.define(NAME, AssistantChat);
insert(import.meta.url);

function insert(source: string): void {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>("script[data-auto]")];
  const script = scripts.find((each) => each.src === source);
  if (!script || document.querySelector(NAME)) return;
  const element = document.createElement(NAME);
  element.setAttribute("api", script.getAttribute("data-api") ?? new URL("/api", new URL(source).origin).href);
  for (const name of PASSED_ON) {
    const value = script.getAttribute(`data-${name}`);
    if (value !== null) element.setAttribute(name, value);
  }
  document.body.append(element);
}

declare global {
  interface HTMLElementTagNameMap {
    "assistant-chat": AssistantChat;
  }
}
