// Takes from the page, before its scripts, what the oldest browsers of the README (Safari 17.5 lacks most) do not have.
(() => {
  const without = [
    [URL, ['parse']],
    [Promise, ['try']],
    [RegExp, ['escape']],
    [window, ['requestIdleCallback', 'cancelIdleCallback', 'scheduler', 'navigation', 'Iterator']],
    [Object.getPrototypeOf(Object.getPrototypeOf([].values())), ['map', 'filter', 'toArray', 'find', 'some', 'take']],
    [Map.prototype, ['getOrInsert', 'getOrInsertComputed']],
    [Uint8Array, ['fromBase64', 'fromHex']],
    [HTMLMediaElement.prototype, ['setSinkId', 'sinkId']],
    [AudioContext.prototype, ['setSinkId', 'sinkId']],
    [Element.prototype, ['moveBefore', 'setHTML']],
    [ShadowRoot.prototype, ['getSelection']],
    [Document.prototype, ['featurePolicy', 'permissionsPolicy', 'caretPositionFromPoint']],
    [Navigator.prototype, ['hid', 'userAgentData', 'setAppBadge', 'connection', 'userActivation']],
    [CSS, ['highlights']],
  ];
  for (const [owner, names] of without) for (const name of names) delete owner[name];
  window.takenAway = without.flatMap(([owner, names]) => names.filter((name) => name in owner));
})();
