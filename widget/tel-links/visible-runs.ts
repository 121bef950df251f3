import { idleQueue, type Steps } from './idle-queue.ts';
import { isReadable, isReadableBy } from './readable-text.ts';

export interface TextReader {
  /** A text came into view, or is another now. */
  readonly read: (text: Text) => void;
  /** A text went out of view, or out of the page. */
  readonly forget: (text: Text) => void;
}

/** Neighbours that come into view together, more or less: watched by the first and the last of them. */
interface Run {
  members: readonly Element[];
  readonly inView: Set<Element>;
  readonly texts: Set<Text>;
}

const NEIGHBOURS = 8;

/** An element with more inside is watched in parts. */
const SMALL = 64;

function isLarge(element: Element): boolean {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT);
  for (let count = 0; count <= SMALL; count += 1) if (!walker.nextNode()) return false;
  return true;
}

/**
 * Reads the texts of `root` that are in view or one screen away from it, now and whenever they change, in idle time.
 * Answers how to stop. What is never scrolled to is never read.
 */
export function readVisible(root: Document | ShadowRoot, { read, forget }: TextReader): () => void {
  const queue = idleQueue();
  const runs = new WeakMap<Element, Run>();
  /** Elements that are watched in parts. */
  const parted = new WeakSet<Element>();
  const known = new Set<Text>();

  // The second margin is for what scrolls within the page.
  const view = new IntersectionObserver(onView, { rootMargin: '100% 0px', scrollMargin: '100% 0px' });
  const changes = new MutationObserver((records) => queue.add(onChange(records)));

  function watch(element: Element, run: Run): void {
    const before = runs.get(element);
    if (before) leave(element, before);
    runs.set(element, run);
    // An element that was watched before and moved since would not be told of again.
    view.unobserve(element);
    view.observe(element);
  }

  function leave(element: Element, run: Run): void {
    if (run.inView.delete(element) && !run.inView.size) forgetRun(run);
  }

  function* watchAll(elements: readonly Element[]): Steps {
    const readable = elements.filter(isReadableBy);
    for (let from = 0; from < readable.length; from += NEIGHBOURS) {
      const members = readable.slice(from, from + NEIGHBOURS);
      const run = { members, inView: new Set<Element>(), texts: new Set<Text>() };
      watch(members[0]!, run);
      watch(members.at(-1)!, run);
      yield;
    }
  }

  function onView(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const run = runs.get(target);
      if (!run) continue;
      if (!isIntersecting) leave(target, run);
      else if (run.inView.add(target).size === 1) queue.add(readRun(run));
      // Hidden, gone, or without a box of its own: what shows is seen by the others.
      if (!isIntersecting && !boundingClientRect.width && !boundingClientRect.height)
        queue.add(withoutBox(target, run));
    }
  }

  function* withoutBox(target: Element, run: Run): Steps {
    if (!target.isConnected) view.unobserve(target);
    else if (getComputedStyle(target).display === 'contents') yield* readElement(target, run);
    for (const member of run.members) {
      if (member.isConnected && runs.get(member) !== run) watch(member, run);
      yield;
    }
  }

  function* readRun(run: Run): Steps {
    for (const member of run.members) {
      if (!run.inView.size) return;
      yield* readElement(member, run);
    }
  }

  function* readElement(element: Element, run: Run): Steps {
    if (!isReadableBy(element)) return;
    if (getComputedStyle(element).display === 'none') {
      // Alone, so that it is seen when it is shown.
      if (runs.get(element)?.members.length !== 1) {
        watch(element, { members: [element], inView: new Set(), texts: new Set() });
      }
      return;
    }
    const large = parted.has(element) || isLarge(element);
    for (const child of Array.from(element.childNodes)) {
      if (child instanceof Text) readText(child, run);
      else if (!large && child instanceof Element) yield* readElement(child, run);
      else continue;
      yield;
    }
    if (!large || parted.has(element)) return;
    parted.add(element);
    yield* watchAll(Array.from(element.children));
  }

  function readText(text: Text, run: Run): void {
    if (!text.isConnected) return;
    run.texts.add(text);
    known.add(text);
    read(text);
  }

  function forgetText(text: Text): void {
    known.delete(text);
    forget(text);
  }

  function forgetRun(run: Run): void {
    run.texts.forEach(forgetText);
    run.texts.clear();
  }

  function* onChange(records: readonly MutationRecord[]): Steps {
    const added: Element[] = [];
    const changed = new Set<Element>();
    for (const { type, target, addedNodes } of records) {
      if (type === 'characterData') changed.add((target as Text).parentElement!);
      for (const node of addedNodes) {
        if (node instanceof Element) added.push(node);
        else if (node instanceof Text && target instanceof Element) changed.add(target);
      }
      yield;
    }
    for (const text of known) if (!text.isConnected) forgetText(text);
    yield;
    yield* watchAll(added.filter((element) => element.isConnected && isReadable(element.parentElement)));
    for (const element of changed) {
      if (element?.isConnected && isReadable(element)) yield* readAgain(element);
      yield;
    }
  }

  function* readAgain(element: Element): Steps {
    const run = runs.get(element);
    if (run?.inView.size) yield* readElement(element, run);
    else if (!run) yield* watchAll([element]);
  }

  changes.observe(root, { childList: true, characterData: true, subtree: true });
  queue.add(watchAll(Array.from(root instanceof Document ? root.body.children : root.children)));
  return () => {
    changes.disconnect();
    view.disconnect();
    queue.stop();
    known.forEach(forgetText);
  };
}
