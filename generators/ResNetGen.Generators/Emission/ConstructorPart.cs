namespace ResNetGen.Generators.Emission;

/// <summary>Makes the children, registers them under torchvision's names, and initialises the weights.</summary>
internal static class ConstructorPart
{
    public static void Write(SourceWriter writer, EmitContext context)
    {
        Names names = context.Names;
        string torch = names["torch"];
        string self = context.Model.Identifier;
        Child[] children = [.. Child.Of(context)];

        writer.Write("/// <summary>Makes the network with fresh weights, drawn from torch's default generator.</summary>");
        writer.Open($"public {self}() : base(nameof({self}))");
        foreach (Child child in children)
            writer.Write($"{child.Property} = {child.Value};");

        writer.Line();
        foreach (Child child in children)
            writer.Write($"register_module(\"{child.Key}\", {child.Property});");

        writer.Line();
        writer.Write("""
            // He initialisation (arXiv 1502.01852): variance 2 / fan-out. Batch normalisation starts as scale 1, offset 0.
            """);
        writer.Open($"foreach ({torch}.nn.Module module in modules())");
        writer.Open($"if (module is {names["Conv2d"]} convolution)");
        writer.Write($"""
            {torch}.nn.init.kaiming_normal_(
                convolution.weight,
                mode: {torch}.nn.init.FanInOut.FanOut,
                nonlinearity: {torch}.nn.init.NonlinearityType.ReLU);
            """);
        writer.Close();
        writer.Close().Line();
        writer.Write($"{torch}.nn.init.zeros_(Fc.bias!);");
        writer.Close().Line();
        writer.Write($"""
            /// <summary>Makes a network.</summary>
            public static {self} Create() => new();

            """);
    }

    /// <summary>Keeps the base class from registering the children a second time, by reflection and under other names.</summary>
    public static void WriteRegistration(SourceWriter writer) => writer.Write("""
        /// <summary>Nothing is left to do: the constructor has registered every child by name.</summary>
        protected override void RegisterComponents()
        {
        }

        """);
}
