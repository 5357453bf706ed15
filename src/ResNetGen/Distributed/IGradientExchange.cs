namespace ResNetGen.Distributed;

/// <summary>Averages gradients over the ranks while the backward pass goes on.</summary>
internal interface IGradientExchange : IDisposable
{
    /// <summary>What carries them, such as "shared memory".</summary>
    string Way { get; }

    /// <summary>What the user should know where it is not what it could be; else null.</summary>
    string? Warning { get; }

    /// <summary>The next backward pass completes the gradients of a step.</summary>
    void Expect();

    /// <summary>Waits until each gradient is the mean over the ranks.</summary>
    void Finish();
}
