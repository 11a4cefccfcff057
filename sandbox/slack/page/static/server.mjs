// Telling the server what is done here, and the person what came of it.

export const {as: person, channel} = document.body.dataset;
export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

function notice(text) {
  const line = Object.assign(document.createElement("p"), {className: "notice", role: "alert"});
  const dismiss = Object.assign(document.createElement("button"), {type: "button", className: "plain", textContent: "Dismiss"});
  dismiss.addEventListener("click", () => line.remove());
  line.append(text, dismiss);
  for (const old of all(".notice")) old.remove();
  (one("dialog[data-view][open] .blocks") ?? one("#notices")).prepend(line); // beside an open form nothing can be reached
}

export async function post(path, body) {
  const response = await fetch(path, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
  const text = await response.text();
  const answer = response.headers.get("Content-Type")?.includes("json") ? JSON.parse(text || "{}") : {};
  const problem = answer.error ?? (response.ok ? null : answer);
  if (problem) notice(typeof problem === "string" ? problem : problem.message ?? problem.description ?? `That was refused (${response.status}).`);
  return answer;
}

export async function busily(element, work) {
  if (element.getAttribute("aria-busy") === "true") return undefined;
  element.setAttribute("aria-busy", "true");
  try {
    return await work();
  } catch (error) {
    notice("The sandbox does not answer. Is it still running?");
    throw error;
  } finally {
    element.removeAttribute("aria-busy");
  }
}
