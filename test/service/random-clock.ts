/** A clock that all services share, more or less, and that goes back now and then. */
export class RandomClock {
  #time = 1_000;

  constructor(private readonly random: () => number) {}

  get time(): number {
    return this.#time;
  }

  read(): number {
    if (this.random() < 0.5) this.#time += Math.floor(this.random() * 8);
    return this.#time - (this.random() < 0.1 ? Math.floor(this.random() * 12) : 0);
  }
}
