/** Shows the policy that the page is under, and whatever it refuses. The dialer needs nothing of this. */

function line(list: string, text: string): void {
  const item = document.createElement('li');
  const code = document.createElement('code');
  code.textContent = text;
  item.append(code);
  document.querySelector(list)?.append(item);
}

document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
  document.querySelector('#none')?.remove();
  line('#refused', [effectiveDirective, blockedURI, sample].filter(Boolean).join(' '));
});

async function showPolicy(): Promise<void> {
  const { headers } = await fetch(location.href, { method: 'HEAD' });
  for (const directive of (headers.get('Content-Security-Policy') ?? 'none').split('; ')) line('#policy', directive);
  document.querySelector('#permissions')!.textContent = `Permissions-Policy: ${headers.get('Permissions-Policy')}`;
}

void showPolicy();
