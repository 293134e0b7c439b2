// Wakes the islands of a page. This is a file of its own, without any inline script, so the content security policy
// needs no exception. The page's preload links carry the hashed addresses of the glue and of the wasm module.
const addressOf = (part) => document.head.querySelector(`link[data-boot="${part}"]`).href;

const islands = await import(addressOf("glue"));
await islands.default({ module_or_path: addressOf("wasm") });
islands.hydrate();

// Islands nest: what the server rendered as an island's children belongs to that island's reactive owner, which
// `$$on_hydrate` makes current again. The innermost such owner counts, so they are handed down the tree.
function wake(element, enterOwner) {
  if (element.localName === "leptos-island") {
    const start = islands[element.dataset.component];
    enterOwner?.();
    if (start) start(element);
    else console.error(`The page names an island that was not built: ${element.dataset.component}`);
  }
  const inner = element.localName === "leptos-children" ? element.$$on_hydrate : enterOwner;
  for (const child of Array.from(element.children)) wake(child, inner);
}

wake(document.body);
document.documentElement.dataset.islands = "awake";
