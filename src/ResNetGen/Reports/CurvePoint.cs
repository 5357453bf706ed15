namespace ResNetGen.Reports;

/// <summary>A point of a curve.</summary>
/// <param name="X">As a rule the iterations done.</param>
/// <param name="Y">As a rule an error in percent.</param>
public readonly record struct CurvePoint(double X, double Y)
{
    /// <summary>Whether it has a place on paper.</summary>
    internal bool IsFinite => double.IsFinite(X) && double.IsFinite(Y);
}
