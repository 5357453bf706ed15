namespace ResNetGen.Data;

/// <summary>
/// The random numbers of one picture in one epoch: pure functions of (seed, epoch, position in the epoch), a stream of its
/// own for each use, so that none changes because another one is drawn or not.
/// </summary>
internal readonly record struct PictureDraw(long Seed, int Epoch, int Position)
{
    public CounterRandom.Words Words(CounterRandom.Stream stream) => CounterRandom.Draw(Seed, stream, (uint)Epoch, (ulong)Position);

    /// <summary>As many numbers as a use takes.</summary>
    public SequenceRandom Sequence(CounterRandom.Stream stream) => new(Words(stream).Low);
}
