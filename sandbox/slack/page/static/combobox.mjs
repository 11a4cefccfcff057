// A menu whose options the app finds for what is typed. The box shows what was chosen; `data-text` and `data-value` hold it.
// Where several may be, each stands as a tick above the box, which is empty again.

import {holder} from "./blockkit.mjs";
import {active, mark, move} from "./listbox.mjs";
import {all, one, person, post} from "./server.mjs";

export const isCombobox = target => target.matches("input[role=combobox]");
const listOf = box => document.getElementById(box.getAttribute("aria-controls"));
const isOpen = box => box.getAttribute("aria-expanded") === "true";

function line(box, {value, text}, at) {
  const option = Object.assign(document.createElement("li"), {id: `${box.id}-option-${at}`, role: "option", textContent: text});
  option.setAttribute("aria-selected", "false");
  option.dataset.value = value;
  return option;
}

function nothing(box) {
  const option = line(box, {value: "", text: "Nothing fits."}, 0);
  option.setAttribute("aria-disabled", "true");
  return option;
}

function open(box, list) {
  if (!list.matches(":popover-open")) list.showPopover(); // above the form, which would cut it off
  const {left, top, bottom, width} = box.getBoundingClientRect(), room = innerHeight - bottom - 8;
  const at = room < list.offsetHeight ? top - list.offsetHeight - 4 : bottom + 4;
  Object.assign(list.style, {left: `${left}px`, top: `${at}px`, width: `${width}px`});
  box.setAttribute("aria-expanded", "true");
}

function close(box) {
  const list = listOf(box);
  mark(box, list, null);
  if (list.matches(":popover-open")) list.hidePopover();
  box.setAttribute("aria-expanded", "false");
}

async function search(box) {
  const typed = box.value, text = typed === box.dataset.text ? "" : typed; // what was chosen is no search
  if (text.length < Number(box.dataset.least)) return close(box);
  const {where} = holder(box), {block, action} = box.closest("[data-action]").dataset;
  const {options = []} = await post("/do/search", {person, ...where, block, action, text});
  if (typed !== box.value || box !== document.activeElement) return undefined; // a later answer is on its way
  const list = listOf(box);
  list.replaceChildren(...options.length ? options.map((option, at) => line(box, option, at)) : [nothing(box)]);
  return open(box, list);
}

function hold(box, text, value) {
  box.value = text;
  Object.assign(box.dataset, {text, value, touched: "yes"});
  close(box);
  box.dispatchEvent(new Event("chosen", {bubbles: true}));
}

function add(box, {textContent, dataset: {value}}) {
  const group = box.closest("[data-kind=multi_external_select]");
  if (!all("input:checked", group).some(tick => tick.value === value)) {
    const label = document.createElement("label"), text = Object.assign(document.createElement("span"), {textContent});
    label.append(Object.assign(document.createElement("input"), {type: "checkbox", checked: true, value}), text);
    group.insertBefore(label, box);
  }
  hold(box, "", "");
}

const isOneOfSeveral = box => box.closest("[data-action]") !== box;
const choose = (box, option) => isOneOfSeveral(box) ? add(box, option) : hold(box, option.textContent, option.dataset.value);

// What was typed and not chosen is no choice: it goes; an empty box chooses nothing.
function leave(box) {
  close(box);
  if (!box.value && box.dataset.value) hold(box, "", "");
  else box.value = box.dataset.text;
}

function onKey(event) {
  const {key, target: box} = event, list = listOf(box);
  if (!isOpen(box) && key !== "ArrowDown") return;
  if (!isOpen(box)) search(box);
  else if (key === "ArrowDown") move(box, list, 1);
  else if (key === "ArrowUp") move(box, list, -1);
  else if (key === "Enter" && active(list)) choose(box, active(list));
  else if (key === "Escape") close(box);
  else return;
  event.preventDefault();
}

const hear = (kind, act) => document.addEventListener(kind, event => isCombobox(event.target) && act(event));

hear("input", ({target}) => search(target));
hear("click", ({target}) => search(target));
hear("focusout", ({target}) => leave(target));
hear("keydown", onKey);

document.addEventListener("mousedown", event => {
  const list = event.target.closest(".options");
  if (!list) return;
  event.preventDefault(); // the box keeps the focus
  const option = event.target.closest('[role="option"]:not([aria-disabled])');
  if (option) choose(one(`[aria-controls="${CSS.escape(list.id)}"]`), option);
});
