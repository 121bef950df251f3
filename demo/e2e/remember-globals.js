// Put into a page before its scripts: what the global scope and the prototypes of its classes hold before its modules
// run (those are the sandbox's and the tests' own), to be compared later.
(() => {
  function held() {
    const all = new Map();
    for (const name of Object.getOwnPropertyNames(window)) {
      const { value } = Object.getOwnPropertyDescriptor(window, name);
      all.set(name, value);
      const prototype = typeof value === 'function' && value !== window.changedGlobals ? value.prototype : undefined;
      for (const own of prototype ? Object.getOwnPropertyNames(prototype) : []) {
        const property = Object.getOwnPropertyDescriptor(prototype, own);
        all.set(`${name}.prototype.${own}`, property.value ?? Reflect.get(property, 'get'));
      }
    }
    return all;
  }

  let before;
  document.addEventListener('readystatechange', () => (before ??= held()), { once: true });
  window.changedGlobals = () => {
    const after = held();
    const names = new Set([...before.keys(), ...after.keys()]);
    return [...names].filter(
      (name) => !Object.is(before.get(name), after.get(name)) || before.has(name) !== after.has(name),
    );
  };
})();
