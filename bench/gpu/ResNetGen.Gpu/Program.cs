using ResNetGen;
using ResNetGen.Gpu;
using ResNetGen.Training;

// What bench/gpu/run.sh calls on a machine without .NET: the tests, training steps under a clock, a training run.
Options options = new(args);
try
{
    return args.FirstOrDefault() switch
    {
        "test" => TestRunner.Run(typeof(ResNetGen.Cuda.Tests.SmallNet).Assembly, options.Text("--output"), options.Text("--filter")),
        "step" => StepSession.Run(options),
        "train" => CifarRun.Run(options),
        _ => Usage(),
    };
}
catch (Exception e) when (e is BadInputException or TrainingDivergedException or FormatException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static int Usage()
{
    Console.Error.WriteLine("""
        usage: ResNetGen.Gpu test [--output FILE] [--filter TEXT]
               ResNetGen.Gpu step --network resnet20|resnet110|resnet50 --batch N --precision bf16|fp32 --device cuda|cpu [--side PIXELS] [--eager]
               ResNetGen.Gpu train --run DIR --output FILE [--data DIR] [--rehearse]
        """);
    return 2;
}
