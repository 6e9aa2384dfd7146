/** Elements made from data. What comes from the data becomes text or an attribute's value, never markup. */

/** An element with attributes and children; strings become text. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** Whether an address may become a link: only the web's two schemes. */
export const isWeb = (url) => /^https?:\/\//i.test(url ?? "");

/** The host of an address, or the address itself where it has none. */
export function hostOf(url) {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
