/** Whether somebody is writing or choosing there: what they are at would go with the view. */
export function isBusyIn(view: HTMLElement | undefined): boolean {
  const at = document.activeElement
  const isWriting = at !== null && at.matches('input:not([type=checkbox]), textarea, select')
  const isAsked = view?.querySelector('dialog[open]') !== null
  return view !== undefined && (isAsked || (isWriting && view.contains(at)))
}
