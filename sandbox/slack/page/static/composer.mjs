// The box one types in: it sends, replies in threads, and completes the words of the slash command.

import {active, mark, move, offered} from "./listbox.mjs";
import {all, busily, channel, one, person, post} from "./server.mjs";

const form = one("#composer"), box = one("#message"), list = one("#words"), replying = one("#replying");
let thread = null;

export function startReply(ts, author) {
  thread = ts;
  one("#replying-to").textContent = author;
  replying.hidden = false;
  box.focus();
}

function endReply() {
  thread = null;
  replying.hidden = true;
}

export async function say(text) {
  await busily(one("button[aria-label=Send]", form), () => post("/do/say", {person, channel, text, thread}));
}

function hide() {
  mark(box, list, null);
  list.hidden = true;
  one("#found").textContent = "";
}

function offer() {
  const {command} = box.dataset, text = box.value;
  if (!text || !command.startsWith(text) && !text.startsWith(`${command} `)) return hide();
  const typed = text.slice(command.length).trimStart().toLowerCase();
  for (const option of all("[data-word]", list)) option.hidden = !option.dataset.word.toLowerCase().startsWith(typed);
  const count = offered(list).length;
  list.hidden = count === 0;
  one("#found").textContent = count ? `${count} ${count === 1 ? "command fits" : "commands fit"}` : "";
  return mark(box, list, null);
}

function accept(option) {
  const words = option.dataset.word.split(/ [<[{("'-]/u, 1)[0];
  box.value = `${box.dataset.command} ${words} `;
  hide();
  box.focus();
}

function send() {
  const text = box.value.trim();
  if (!text) return;
  hide();
  box.value = "";
  say(text).then(endReply);
}

function onKey(event) {
  const open = !list.hidden, {key} = event;
  if (key === "Enter" && !event.shiftKey && !event.isComposing) active(list) ? accept(active(list)) : send();
  else if (open && key === "ArrowDown") move(box, list, 1);
  else if (open && key === "ArrowUp") move(box, list, -1);
  else if (open && key === "Tab" && !event.shiftKey) accept(active(list) ?? offered(list)[0]);
  else if (open && key === "Escape") hide();
  else return;
  event.preventDefault();
}

if (form) {
  box.addEventListener("input", offer);
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", hide);
  form.addEventListener("submit", send);
  one("button", replying).addEventListener("click", endReply);
  list.addEventListener("mousedown", event => {
    event.preventDefault(); // the box keeps the focus
    const option = event.target.closest("[data-word]");
    if (option) accept(option);
  });
}
