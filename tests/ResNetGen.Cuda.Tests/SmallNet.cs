namespace ResNetGen.Cuda.Tests;

/// <summary>Eight layers with everything that draws random numbers in a step.</summary>
[CifarResNet(Depth = 8, Height = 16, Width = 16), DropPath(0.3)]
public partial class SmallNet;
