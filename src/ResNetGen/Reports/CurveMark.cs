namespace ResNetGen.Reports;

/// <summary>A dotted vertical line across a chart, for example where the learning rate falls.</summary>
/// <param name="X">Where it stands.</param>
/// <param name="Label">What stands above it.</param>
public readonly record struct CurveMark(double X, string Label);
