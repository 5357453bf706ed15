using System.Globalization;
using ResNetGen;
using ResNetGen.Bench;
using ResNetGen.Native;
using static TorchSharp.torch;

// Our side of bench/compare.py and bench/loader.py, and what measures us alone; bench/run starts it.
try
{
    Options options = new(args.Length > 0 ? args[1..] : []);
    int threads = options.Number("threads", Environment.ProcessorCount);
    TorchLibrary.OpenInBackground();
    // What is measured first of a program is how it starts: the network is described while libtorch is opened.
    NetworkCase? first = args.FirstOrDefault() == "first-step" ? NetworkCase.Named(options, "resnet20") : null;
    Allocator.TuneForTraining();
    set_num_threads(threads);
    // What a plan of ours takes for the user's word.
    Environment.SetEnvironmentVariable("OMP_NUM_THREADS", threads.ToString(CultureInfo.InvariantCulture));
    manual_seed(0);
    string folder = options.Text("folder", "");
    switch (args.FirstOrDefault())
    {
        case "add":
            return Session.Serve(new Addition());
        case "train":
            return Session.Serve(new TrainingWork(NetworkCase.Named(options), folder, options.Precision(), options.Number("batch", 1)));
        case "infer":
            return Session.Serve(new InferenceWork(NetworkCase.Named(options), folder, options.Precision(), isPlanned: options.Text("plan", "yes") == "yes"));
        case "load":
            return Session.Serve(new PlainWork(LoaderWork.Pass(folder, threads, options.Text("decode", "") == "full")));
        case "first-step":
            return FirstStep.Run(first!, options);
        case "profile":
            return ProfileVerb.Run(options, args);
        default:
            Console.Error.WriteLine("usage: ResNetGen.Bench add|train|infer|load|first-step|profile [--network NAME] [--folder DIR] [--precision fp32|bf16|auto] [--recompute none|normalisation|block] [--plan yes|no] [--batch N] [--threads N] [--decode full]");
            return 2;
    }
}
catch (BadInputException error)
{
    Console.Error.WriteLine($"ResNetGen.Bench: {error.Message}");
    return 2;
}
