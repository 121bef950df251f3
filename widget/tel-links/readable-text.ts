/**
 * Where a number is something else already: a control, an editor, code, a drawing, an element of ours, or what the page
 * wants left alone.
 */
const LEFT_ALONE = [
  'a,button,input,textarea,select,label,summary,option,datalist,output,meter,progress',
  'script,style,noscript,template,head,title,code,pre,kbd,samp,svg,math,canvas,iframe,object,embed,audio,video',
  '[contenteditable]:not([contenteditable=false])',
  ...['textbox', 'searchbox', 'combobox', 'spinbutton', 'button', 'link', 'menuitem', 'tab', 'option', 'switch'].map(
    (role) => `[role=${role}]`,
  ),
  '[data-almasar-ignore],almasar-dialer,almasar-call-log',
].join(',');

/** The text directly in an element is for reading. */
export function isReadable(element: Element | null): boolean {
  return !element?.closest(LEFT_ALONE);
}

/** The element itself is none of those whose text is left alone; about what is around it, ask `isReadable`. */
export function isReadableBy(element: Element): boolean {
  return !element.matches(LEFT_ALONE);
}
