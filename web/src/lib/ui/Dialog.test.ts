import { createRawSnippet, flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import Dialog from './Dialog.svelte'

const text = createRawSnippet(() => ({ render: () => '<p>Poistetaanko lappu?</p>' }))

describe('a dialog', () => {
  let opener: HTMLButtonElement
  let shown: ReturnType<typeof mount> | undefined
  const onclose = vi.fn()

  beforeEach(() => {
    onclose.mockClear()
    opener = document.createElement('button')
    document.body.append(opener)
    opener.focus()
    shown = mount(Dialog, {
      target: document.body,
      props: { open: true, title: 'Poista lappu', children: text, onclose },
    })
    flushSync()
  })

  afterEach(async () => {
    if (shown) await unmount(shown)
    document.body.replaceChildren()
  })

  const dialog = () => document.querySelector('dialog')

  it('is modal and named by its title', () => {
    const title = document.getElementById(dialog()?.getAttribute('aria-labelledby') ?? '')
    expect(dialog()?.open).toBe(true)
    expect(title?.textContent).toBe('Poista lappu')
  })

  it('closes by its button, says so once and gives the focus back', () => {
    document.querySelector<HTMLButtonElement>('dialog .head button')?.click()
    flushSync()
    expect(dialog()?.open).toBe(false)
    expect(onclose).toHaveBeenCalledTimes(1)
    expect(document.activeElement).toBe(opener)
  })
})
