export const element = (id) => document.getElementById(id);

/** Writes only what is new: assistive technology would read the same words out again every two seconds. */
export function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** A copy of what the template holds, and the parts of it that carry a `data-part`. */
export function copyOf(template) {
  const copy = element(template).content.firstElementChild.cloneNode(true);
  const parts = [...copy.querySelectorAll('[data-part]')].map((part) => [part.dataset.part, part]);
  return { copy, ...Object.fromEntries(parts) };
}

/** Copies the text of an element, and says so on the button and to assistive technology. */
export function copyText(source, button) {
  // Not navigator.clipboard: only secure pages have it, and a load balancer without a domain name speaks plain HTTP.
  getSelection().selectAllChildren(source);
  const copied = document.execCommand('copy');
  button.textContent = copied ? 'Copied' : 'Selected';
  say(element('spoken'), copied ? 'Copied.' : 'Selected. Copy it with the keyboard.');
  setTimeout(() => {
    button.textContent = 'Copy';
    say(element('spoken'), '');
  }, 3000);
}
