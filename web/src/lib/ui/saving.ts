/** Give a file to the browser to keep. */
export function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser has taken hold of the file by the next task.
  setTimeout(() => {
    URL.revokeObjectURL(link.href)
  })
}
