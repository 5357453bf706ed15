namespace ResNetGen.Architecture;

/// <summary>Where a block stands: what tells it from its neighbours.</summary>
/// <param name="Stage">The stage it belongs to.</param>
/// <param name="Index">Its number, counted from 0 through the whole network.</param>
/// <param name="InChannels">Channels that reach it.</param>
/// <param name="Stride">Its stride in pixels.</param>
/// <param name="FirstDilation">Dilation of the convolution that carries the stride.</param>
/// <param name="IsFirst">Whether it is the network's first, which what follows the stem has activated already.</param>
internal readonly record struct BlockPlace(Stage Stage, int Index, int InChannels, int Stride, int FirstDilation, bool IsFirst = false)
{
    public int Channels => Stage.Output.Channels;

    public bool ChangesShape => Stride != 1 || InChannels != Channels;
}
