using ResNetGen.Samples;
using ResNetGen.Samples.IdentityMappings;

ComparisonCommandLine line = new(
    "He et al. 2016, tables 1 and 2: what stands on the shortcut, and where BatchNorm and ReLU stand in the unit.",
    Path.Combine("runs", "identity-mappings"));
return SampleProgram.Run(line.Root, args, Console.Out, Console.Error, parsed =>
{
    ComparisonArguments wanted = line.Read(parsed);
    return Comparison.Run(IdentityPlan.Of(wanted, Console.Out), wanted, args, Console.Out);
});
