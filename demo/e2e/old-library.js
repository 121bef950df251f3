// Put into a page before its scripts: what Prototype.js 1.7 does to arrays, texts and elements of every page that has
// it. Old CRMs do.
(() => {
  const listOf = (given) => {
    if (!given) return [];
    if ('toArray' in Object(given)) return given.toArray();
    return Array.prototype.slice.call(given);
  };
  Array.from = (given) => listOf(given);
  Object.assign(Array.prototype, {
    toArray: function toArray() {
      return this.slice();
    },
    entries: function entries() {
      return this.slice();
    },
    first: function first() {
      return this[0];
    },
  });
  Object.assign(String.prototype, {
    toArray: function toArray() {
      return this.split('');
    },
    startsWith: function startsWith(start) {
      return this.lastIndexOf(start, 0) === 0;
    },
  });
  Object.assign(HTMLElement.prototype, {
    remove: function remove() {
      this.parentNode.removeChild(this);
      return this;
    },
    select: function select(selector) {
      return listOf(this.querySelectorAll(selector));
    },
    next: () => null,
    update: function update(html) {
      this.innerHTML = html;
      return this;
    },
  });
})();
