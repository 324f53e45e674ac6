/** Makes the help page's search work; without this script the page is complete all the same, only longer to read. */

import { ask as askInEnglish } from "../content/en.json";
import { ask as askInFrench } from "../content/fr.json";
import { fold, matches } from "./search";

const SETTLED_MS = 350;

interface Assistant extends HTMLElement {
  open?: (question?: string) => void;
}

const form = document.querySelector<HTMLFormElement>("form.search");
const input = form?.querySelector<HTMLInputElement>("input[type=search]");
const status = form?.querySelector<HTMLElement>(".search-status");
if (form && input && status) setUp(form, input, status);

function setUp(form: HTMLFormElement, input: HTMLInputElement, status: HTMLElement): void {
  const sections = [...document.querySelectorAll<HTMLElement>(".faq-section")];
  const entries = [...document.querySelectorAll<HTMLElement>(".faq-entry")].map((element) => ({
    element,
    words: fold(element.textContent),
  }));
  const ask = askButton(input);
  const field = document.createElement("div");
  field.className = "search-field";
  input.replaceWith(field);
  field.append(input);
  status.after(ask);
  form.hidden = false;

  let settled: ReturnType<typeof setTimeout> | undefined;
  const filter = (): void => {
    const query = fold(input.value);
    const found = entries.filter(({ element, words }) => {
      element.hidden = query !== "" && !matches(words, query);
      return !element.hidden;
    });
    for (const section of sections) section.hidden = !section.querySelector(".faq-entry:not([hidden])");
    ask.hidden = query === "" || found.length > 0 || !document.querySelector("assistant-chat");
    // Said once the typing pauses, not at every letter.
    clearTimeout(settled);
    settled = setTimeout(() => (status.textContent = query ? sentence(form, found.length) : ""), SETTLED_MS);
  };
  input.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  // A link to an entry must find it on the page, whatever was searched for.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.closest("[hidden]") && !target?.querySelector("[hidden]")) return;
    input.value = "";
    filter();
    target.scrollIntoView();
  });
  if (input.value) filter();
}

function sentence(form: HTMLFormElement, count: number): string {
  const { none = "", one = "", many = "" } = form.dataset;
  return (count === 0 ? none : count === 1 ? one : many).replace("{count}", String(count));
}

/** Where nothing is found, the question goes to the assistant in one step. */
function askButton(input: HTMLInputElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ask";
  button.hidden = true;
  button.textContent = document.documentElement.lang.startsWith("en") ? askInEnglish : askInFrench;
  button.addEventListener("click", () => document.querySelector<Assistant>("assistant-chat")?.open?.(input.value));
  return button;
}
