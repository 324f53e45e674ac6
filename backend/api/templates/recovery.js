"use strict";
const [purpose, token] = location.hash.slice(1).split("=");
const form = document.getElementById(purpose === "user_id" ? "user_id" : "password");
const result = document.getElementById("result");
const say = (text) => { result.textContent = text; result.focus(); };
history.replaceState(null, "", location.pathname + location.search);
form.hidden = !token;
if (!token) say(document.body.dataset.again);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const isPassword = form.id === "password";
  const body = isPassword ? { token, new_password: document.getElementById("new").value } : { token };
  const answer = await fetch(isPassword ? "/v1/recovery/password" : "/v1/recovery/user-id", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    body: JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok) return say(`${told.error.message} ${told.error.next_step}`);
  form.hidden = true;
  say(isPassword ? document.body.dataset.done : `${document.body.dataset.userId} : ${told.user_id}`);
});
