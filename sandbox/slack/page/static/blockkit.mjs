// Using what the app shows: buttons, menus and forms made of Block Kit.

import {all, busily, one, person, post} from "./server.mjs";

export function holder(element) {
  const box = element.closest("[data-message], [data-view]");
  const {message, view} = box.dataset;
  return {box, where: view ? {view} : {message, channel: box.dataset.channel}};
}

function held(element) {
  const kind = element.dataset.kind;
  if (kind === "checkboxes" || kind === "multi_external_select") return {kind, value: all("input:checked", element).map(input => input.value)};
  if (kind === "radio_buttons") return {kind, value: one("input:checked", element)?.value ?? ""};
  return {kind, value: (kind === "external_select" ? element.dataset : element).value};
}

function values(box) {
  const filled = {};
  for (const element of all("[data-action]", box)) {
    if (element.tagName === "BUTTON" || element.closest("[data-message], [data-view]") !== box) continue;
    (filled[element.dataset.block] ??= {})[element.dataset.action] = held(element);
  }
  return filled;
}

function agreed(element) {
  const asked = one("template[data-confirm]", element.closest(".element") ?? element);
  if (!asked) return Promise.resolve(true);
  const dialog = one("#confirm");
  dialog.replaceChildren(asked.content.cloneNode(true));
  dialog.returnValue = "no";
  dialog.showModal();
  for (const button of all("button", dialog)) button.addEventListener("click", () => dialog.close(button.value));
  return new Promise(resolve => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), {once: true}));
}

export async function touch(element) {
  if (!await agreed(element)) return;
  const {box, where} = holder(element);
  const {block, action, kind, url} = element.dataset;
  if (url) window.open(url, "_blank", "noreferrer,noopener");
  const touched = kind === "button" ? null : kind === "overflow" ? {kind, value: element.value} : held(element);
  await busily(element, () => post("/do/touch", {person, ...where, block, action, touched, values: values(box)}));
}

export async function submit(form) {
  const dialog = form.closest("dialog");
  const button = one("footer .primary", form);
  const body = {person, view: dialog.dataset.view, values: values(dialog)};
  const {errors = {}} = await busily(button, () => post("/do/submit", body)) ?? {};
  for (const input of all("[data-input]", form)) {
    const line = one("[data-error]", input), text = errors[input.dataset.input];
    line.textContent = text ?? "";
    line.hidden = !text;
    for (const field of all("input, select, textarea", input)) field.toggleAttribute("aria-invalid", false);
    for (const field of text ? all("input, select, textarea", input) : []) field.setAttribute("aria-invalid", "true");
  }
  one("[aria-invalid]", form)?.focus();
}

export const close = dialog => busily(dialog, () => post("/do/close", {person, view: dialog.dataset.view}));
