// Notes as tldraw keeps them.
import { toRichText } from '@tldraw/tlschema'
import { getIndices } from '@tldraw/utils'
import { NOTES, noteId, noteText, place } from './board.mjs'

const indices = getIndices(NOTES + 1)

export const shapeId = (number) => `shape:${noteId(number)}`

export function noteShape(number, text = noteText(number)) {
  const [x, y] = place(number)
  return {
    id: shapeId(number),
    typeName: 'shape',
    type: 'note',
    parentId: 'page:page',
    index: indices[number] ?? indices[NOTES],
    x,
    y,
    rotation: 0,
    isLocked: false,
    opacity: 1,
    meta: { by: 'person_1' },
    props: {
      color: 'yellow',
      labelColor: 'black',
      size: 'm',
      font: 'draw',
      fontSizeAdjustment: null,
      align: 'middle',
      verticalAlign: 'middle',
      growY: 0,
      url: '',
      richText: toRichText(text),
      scale: 1,
      textLastEditedBy: null,
    },
  }
}
