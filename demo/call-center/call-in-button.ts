/** The button “a customer calls in”: one customer after the other calls the company's number on the sandbox. */
export function startCallInButton(button: HTMLButtonElement, numbers: readonly string[]): void {
  let next = 0;
  button.addEventListener('click', () => {
    const from = numbers[next % numbers.length];
    next += 1;
    if (from === undefined) return;
    button.disabled = true;
    void fetch(button.dataset['address'] ?? '', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ from }),
    })
      // What comes of it rings, or does not: there is nothing else to say here.
      .catch(() => undefined)
      .finally(() => (button.disabled = false));
  });
}
