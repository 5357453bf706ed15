namespace ResNetGen.Reports;

/// <summary>How a curve is drawn; the papers' figures mean the same by it.</summary>
public enum CurveKind
{
    /// <summary>Dashed and thin: measured on the training pictures.</summary>
    Training,

    /// <summary>Solid and bold: measured on the test pictures.</summary>
    Test,

    /// <summary>Solid and thin: neither, for example a learning rate.</summary>
    Other,
}
