// The page draws on the server; this keeps its parts in step and hears what people do.

import {close, submit, touch} from "./blockkit.mjs";
import {isCombobox} from "./combobox.mjs";
import {say, startReply} from "./composer.mjs";
import {drawnNow, keepFocus, patch} from "./patch.mjs";
import {all, busily, channel, one, person, post} from "./server.mjs";

function redraw(name, html) {
  const box = document.getElementById(name);
  if (!box) return;
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
  keepFocus(() => {
    patch(box, html);
    settle();
  });
  if (name === "log" && atEnd) box.scrollTop = box.scrollHeight;
}

function settle() {
  for (const dialog of all("#views dialog:not([open])")) {
    dialog.showModal();
    const fields = all(".blocks :is(input, select, textarea)", dialog);
    (one("[autofocus]", dialog) ?? fields.find(({value}) => !value) ?? fields[0] ?? one(".blocks button", dialog))?.focus();
  }
  for (const place of all("[data-place]")) {
    const key = `seen:${person}:${place.dataset.place}`, last = place.dataset.last ?? "";
    if (place.ariaCurrent) localStorage.setItem(key, last);
    place.classList.toggle("is-unread", last > (localStorage.getItem(key) ?? ""));
  }
}

const fragments = all("#places, #log, #home, #views, #rooms");
fragments.forEach(box => [...box.children].forEach(drawnNow));
let events = null;

// A browser keeps six connections to one server for all its tabs: those that nobody sees give theirs up.
function follow() {
  events?.close();
  one("#step").textContent = "";
  if (document.hidden) return;
  events = new EventSource(`/events?as=${encodeURIComponent(person)}&channel=${encodeURIComponent(channel)}`);
  for (const {id} of fragments) events.addEventListener(id, ({data}) => redraw(id, JSON.parse(data)));
  events.addEventListener("open", () => one("#step").textContent = "");
  events.addEventListener("error", () => one("#step").textContent = "Out of step. Trying again …"); // the browser does
}

document.addEventListener("visibilitychange", follow);
window.addEventListener("online", follow);
follow();
settle();
if (one("#log")) one("#log").scrollTop = one("#log").scrollHeight;
if (one("[data-opens-home]")) post("/do/home", {person});

// What a form holds, on top of what it says for itself; a field marked so writes JSON.
function written(form) {
  const held = [...new FormData(form)].map(([name, value]) => [name, "json" in form.elements[name].dataset ? JSON.parse(value) : value]);
  return {...JSON.parse(form.dataset.body ?? "{}"), ...Object.fromEntries(held)};
}

// --- listening, once for everything that comes and goes

document.addEventListener("click", event => {
  const control = event.target.closest("button, summary, [data-word]");
  for (const menu of all("details.overflow[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (!control) return;
  const {action, post: path, body, reply, says} = control.dataset;
  if (action && control.tagName === "BUTTON") {
    touch(control);
    const menu = control.closest("details.overflow");
    if (menu) menu.open = false;
  } else if (path) busily(control, () => post(path, JSON.parse(body)));
  else if (says) {
    control.closest("[popover]")?.hidePopover();
    busily(control, () => say(says));
  }
  else if (reply) startReply(reply, control.dataset.author);
  else if ("close" in control.dataset) close(control.closest("dialog"));
});

document.addEventListener("input", ({target}) => target.dataset.touched = "yes");

document.addEventListener("keydown", event => {
  const menu = event.target.closest("details.overflow[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  one("summary", menu).focus();
});

function changed({target, type}) {
  if (target.id === "as") return target.form.requestSubmit();
  if (isCombobox(target) && type === "change") return undefined; // what is typed is no choice yet
  const element = target.closest("[data-action]");
  const input = element?.closest("[data-input]");
  if (element && (!input || input.dataset.dispatch === "yes")) touch(element);
  return undefined;
}
document.addEventListener("change", changed);
document.addEventListener("chosen", changed);

document.addEventListener("submit", event => {
  const {target: form} = event;
  const dialog = form.closest("dialog[data-view]");
  if (form.id === "composer" || form.dataset.post || dialog) event.preventDefault();
  if (form.dataset.post) busily(one("button", form), () => post(form.dataset.post, written(form))).then(() => form.reset());
  else if (dialog && dialog.getAttribute("aria-busy") !== "true") submit(form); // one that is being closed is not handed in
});

document.addEventListener("cancel", event => {
  if (!event.target.matches("dialog[data-view]")) return;
  event.preventDefault();
  close(event.target);
}, true);
