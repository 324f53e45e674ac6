"use strict";
// What a link may be for: the form it shows, where it goes, what is said afterwards.
const words = document.body.dataset;
const purposes = {
  password: { path: "/v1/recovery/password", say: () => words.done },
  user_id: { path: "/v1/recovery/user-id", say: (told) => `${words.userId}${words.colon}${told.user_id}` },
  email: { path: "/v1/recovery/email", say: () => words.confirmed },
};
const [purpose, token] = location.hash.slice(1).split("=");
const known = Object.hasOwn(purposes, purpose) && token ? purposes[purpose] : null;
const form = document.getElementById(known ? purpose : "password");
const result = document.getElementById("result");
const say = (text) => { result.textContent = text; result.focus(); };
history.replaceState(null, "", location.pathname + location.search);
form.hidden = !known;
if (purpose === "email") document.title = document.querySelector("h1").textContent = words.emailTitle;
if (!known) say(words.again);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = purpose === "password" ? { token, new_password: document.getElementById("new").value } : { token };
  let answer;
  try {
    answer = await fetch(known.path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
      body: JSON.stringify(body),
    });
  } catch {
    return say(words.offline);
  }
  const told = await answer.json();
  if (!answer.ok) return say(`${told.error.message} ${told.error.next_step}`);
  form.hidden = true;
  say(known.say(told));
});
