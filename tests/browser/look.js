// What is wrong with how the page looks right now, a line each: cut off, without a name, too faint to read.
() => {
  const visible = [...document.querySelectorAll("body *")].filter(one => one.checkVisibility());

  const boxes = visible.filter(one => one.matches(".log, #rooms, dialog, dialog .blocks"));
  const cut = [document.documentElement, ...boxes].filter(one => one.scrollWidth > one.clientWidth);

  const controls = visible.filter(one => one.matches("button, a, input:not([type=hidden]), select, textarea, summary"));
  const name = one => one.ariaLabel || one.labels?.[0]?.innerText || one.innerText || one.title || "";
  const nameless = controls.filter(one => !name(one).trim());

  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const painted = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const ground = one => {
    const colour = painted(getComputedStyle(one).backgroundColor);
    return colour[3] > 250 || !one.parentElement ? colour : ground(one.parentElement);
  };
  const luminance = colour => [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
    const part = colour[at] / 255;
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
  const contrast = one => {
    const pair = [painted(getComputedStyle(one).color), ground(one)].map(luminance);
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  };
  const words = visible.filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  const faint = words.filter(one => !one.closest("svg, option") && contrast(one) < 4.5);

  const lines = Object.entries({cut, nameless, faint});
  return lines.flatMap(([problem, found]) => found.map(one => `${problem}: ${one.outerHTML.slice(0, 200)}`));
}
