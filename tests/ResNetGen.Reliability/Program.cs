using System.Globalization;
using ResNetGen.Reliability;

// What takes too long for the tests: run.sh calls each part and says what they are.
return args switch
{
    ["train", var output, var seed] => Training.Run(output, Number(seed)),
    ["kill", var kills, var seed] => KillTrial.Run((int)Number(kills), (int)Number(seed)),
    ["peers", var kills, var seed] => PeerTrial.Kill((int)Number(kills), (int)Number(seed)),
    ["hang", var seed] => PeerTrial.Hang((int)Number(seed)),
    ["network", var name, var address, var seed] => NetworkTrial.Run(name, address, (int)Number(seed)),
    ["torchrun", var seed, var version] => TorchrunTrial.Run((int)Number(seed), version),
    ["bytes"] => ByteTrial.Run(),
    ["disk", var folder] => DiskTrial.Run(folder),
    _ => Usage(),
};

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: ResNetGen.Reliability kill COUNT SEED | peers COUNT SEED | hang SEED | network NAME ADDRESS SEED | torchrun SEED VERSION | bytes | disk FOLDER | train FOLDER SEED");
    return 2;
}
