namespace ResNetGen.Native;

/// <summary>How <see cref="ProcessGroup.AllReduce"/> makes one value of those of all ranks.</summary>
public enum ReduceOperation
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their sum divided by the number of ranks; floating types.</summary>
    Average,

    /// <summary>The smallest.</summary>
    Minimum,

    /// <summary>The largest.</summary>
    Maximum,
}
