using ResNetGen;
using ResNetGen.Distributed;
using ResNetGen.Distributed.Launching;
using ResNetGen.Gpu;
using ResNetGen.Native;
using ResNetGen.Training;

// What bench/gpu/run.sh calls on a machine without .NET: the tests, training steps under a clock, a training run, one process a GPU.
Options options = new(args);
try
{
    return args.FirstOrDefault() switch
    {
        "test" => TestRunner.Run(typeof(ResNetGen.Cuda.Tests.SmallNet).Assembly, options.Text("--output"), options.Text("--filter")),
        "step" => StepSession.Run(options),
        "train" => CifarRun.Run(options),
        "ranks" => RanksRun.Run(options),
        "rank" => RankSession.Run(args.ElementAtOrDefault(1) ?? "", options),
        _ => Usage(),
    };
}
catch (PeerLostException e)
{
    Console.Error.WriteLine(e.Message);
    return ProcessLauncher.PeerLost;
}
catch (Exception e) when (e is BadInputException or TrainingDivergedException or FormatException or ProcessGroupException or NotSupportedException)
{
    Console.Error.WriteLine(e.Message);
    return e is ProcessGroupException { Failure: ProcessGroupFailure.PeerLost or ProcessGroupFailure.Timeout } ? ProcessLauncher.PeerLost : 1;
}

static int Usage()
{
    Console.Error.WriteLine("""
        usage: ResNetGen.Gpu ranks --run DIR --output FILE [--rehearse]
               ResNetGen.Gpu test [--output FILE] [--filter TEXT]
               ResNetGen.Gpu step --network resnet20|resnet110|resnet50 --batch N --precision bf16|fp32 --device cuda|cpu [--side PIXELS] [--eager]
               ResNetGen.Gpu train --run DIR --output FILE [--data DIR] [--rehearse]
        """);
    return 2;
}
