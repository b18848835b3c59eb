// What every peer's board holds at the start: the same notes, in the peer's own form.
import * as Y from 'yjs'

export const NOTES = Number(process.env.NOTES ?? 100)
export const DESKS = Number(process.env.DESKS ?? 1)
export const PORT = Number(process.env.PORT)
export const FOLDER = process.env.FOLDER

export const noteText = (number) => `Kävijämäärä kuukaudessa, toimipaikka ${number}`
export const noteId = (number) => `note_w${number}`
export const place = (number) => [(number % 100) * 220, Math.floor(number / 100) * 160]

/** Notes and their places in two maps, so that a move is one small change. */
export function fill(doc, count = NOTES) {
  const own = doc.clientID
  doc.clientID = 1 // the same update everywhere
  doc.transact(() => {
    const notes = doc.getMap('notes')
    const at = doc.getMap('at')
    for (let number = 0; number < count; number++) {
      notes.set(noteId(number), { text: noteText(number), by: 'person_1', colour: 'yellow' })
      at.set(noteId(number), place(number))
    }
  })
  doc.clientID = own
}

export function filled(count = NOTES) {
  const doc = new Y.Doc()
  fill(doc, count)
  return Y.encodeStateAsUpdate(doc)
}
