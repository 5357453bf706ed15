namespace ResNetGen.Data;

/// <summary>Batches in order, wherever they are made. One consumer.</summary>
internal interface IBatchStream : IDisposable
{
    /// <summary>The next batch, or null at the end; what it lies in may be used again once it is disposed.</summary>
    /// <param name="cancellation">Ends a wait for it.</param>
    Batch? Next(CancellationToken cancellation = default);
}
