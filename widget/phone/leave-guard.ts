function ask(event: Event): void {
  event.preventDefault();
  // Browsers of before 2023 look at nothing else.
  Object.assign(event, { returnValue: true });
}

/** Lets the browser ask before the page is left while a call is here. Not there otherwise: it would keep the page out of the back/forward cache. */
export function guardLeaving(page: EventTarget, on: boolean): void {
  if (on) page.addEventListener('beforeunload', ask);
  else page.removeEventListener('beforeunload', ask);
}
