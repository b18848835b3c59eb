/** The sound at the end of a section. Browsers play none before somebody has pressed something. */

const NOTES_HZ = [659.25, 523.25]
const NOTE_S = 0.9
const LOUDNESS = 0.35

export class Gong {
  #context = $state.raw<AudioContext>()

  /** Whether it can be heard. Watched. */
  get isOn(): boolean {
    return this.#context !== undefined
  }

  /** From a press of a button: be heard from now on, and let it be heard once. */
  turnOn(): void {
    this.#context ??= new AudioContext()
    void this.#context.resume()
    this.strike()
  }

  /** Two falling notes, each dying away. */
  strike(): void {
    const context = this.#context
    if (!context) return
    NOTES_HZ.forEach((hertz, place) => {
      const at = context.currentTime + place * NOTE_S * 0.6
      const volume = new GainNode(context, { gain: 0 })
      volume.gain.setValueAtTime(LOUDNESS, at)
      volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S)
      const tone = new OscillatorNode(context, { frequency: hertz })
      tone.connect(volume).connect(context.destination)
      tone.start(at)
      tone.stop(at + NOTE_S)
    })
  }
}
