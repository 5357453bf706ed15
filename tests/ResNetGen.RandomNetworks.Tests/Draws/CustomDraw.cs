using System.Text;

namespace ResNetGen.RandomNetworks.Tests.Draws;

/// <summary>A network of one's own: layers in a row, branches, joins. Follows the shapes, so that it knows what fits.</summary>
internal sealed class CustomDraw(Choices choices, string name)
{
    private readonly StringBuilder _members = new();
    private readonly StringBuilder _branches = new();
    private readonly List<(string Name, int Channels, int Height, int Width)> _maps = [];
    private string _input = "";
    private int _channels = 3, _height, _width, _count;

    /// <summary>A network by construction.</summary>
    public Draw Right()
    {
        Body();
        Head();
        Recompute();
        return Done(Expectation.Network);
    }

    /// <summary>A network with one mistake in it.</summary>
    public Draw Wrong()
    {
        Body();
        switch (choices.Below(7))
        {
            case 0:
                Add("[Linear(10)]", "Linear");
                break;
            case 1:
                Add($"[Conv({choices.Of(9, 11, 13)}, Groups = {choices.Of(2, 4)})]", "Conv2d");
                Head();
                break;
            case 2:
                Add($"[Conv({_channels + 1}, Kernel = 1)]", "Conv2d");
                string wider = Last;
                Add($"[Join(Merge.Add, From = [nameof({_maps[0].Name}), nameof({wider})])]", "Join");
                Head();
                break;
            case 3:
                Add("[Conv(8)]", choices.Of("Linear", "BatchNorm2d", "string"));
                Head();
                break;
            case 4:
                Residual(_channels + 4, stride: 1, shortcut: "", repeat: choices.Of(1, 3));
                Head();
                break;
            case 5:
                Residual(_channels * 2, stride: 1, shortcut: "Shortcut.B", repeat: 2);
                Head();
                break;
            default:
                Add("[GlobalAvgPool]", "GlobalAvgPool");
                Add("[Conv(8)]", "Conv2d");
                break;
        }

        return Done(Expectation.Mistake);
    }

    private string Last => _maps[^1].Name;

    private void Body()
    {
        _height = 8 + choices.Below(25);
        _width = 8 + choices.Below(25);
        _input = $"Height = {_height}, Width = {_width}";
        Convolution();
        int layers = 1 + choices.Below(6);
        for (int i = 0; i < layers; i++)
            Layer();
    }

    private void Layer()
    {
        switch (choices.Below(9))
        {
            case 0:
                Add("[BatchNorm]", "BatchNorm2d");
                break;
            case 1:
                string function = choices.Of("ReLU", "GELU", "SiLU", "LeakyReLU", "Sigmoid");
                Add($"[{function}]", function);
                break;
            case 2 when _height >= 2 && _width >= 2:
                Shrink(2);
                string kind = choices.Of("Max", "Avg");
                Add($"[{kind}Pool(2, Stride = 2)]", kind + "Pool2d");
                break;
            case 3:
                Add("[Dropout(0.25)]", "Dropout");
                break;
            case 4:
                int repeat = choices.Of(1, 1, 2, 4);
                Residual(_channels, stride: 1, choices.Of("", "Shortcut.A", "Shortcut.B", "Shortcut.C"), repeat);
                break;
            case 5 when _height >= 2 && _width >= 2:
                Residual(_channels + choices.Of(0, 4, 8), stride: 2, choices.Of("Shortcut.A", "Shortcut.B", "Shortcut.C"), 1);
                break;
            case 6:
                Join();
                break;
            default:
                Convolution();
                break;
        }
    }

    private void Convolution()
    {
        string form = choices.Of("Conv", "ConvBatchNorm", "ConvBatchNormReLU", "ConvReLU", "BatchNormReLUConv");
        int groups = _channels % 2 == 0 && choices.OneIn(4) ? 2 : 1;
        int kernel = choices.Of(1, 3, 3, 5);
        int stride = _height >= 2 && _width >= 2 && choices.OneIn(3) ? 2 : 1;
        List<string> arguments = [$"{_channels = 4 * (1 + choices.Below(4))}"];
        if (kernel != 3)
            arguments.Add($"Kernel = {kernel}");
        if (stride != 1)
            arguments.Add($"Stride = {stride}");
        if (groups != 1)
            arguments.Add($"Groups = {groups}");
        if (kernel == 3 && choices.OneIn(5))
            arguments.Add("Dilation = 2");

        Shrink(stride, (size, step) => (size + step - 1) / step);
        Add($"[{form}({string.Join(", ", arguments)})]", form == "Conv" ? "Conv2d" : form);
    }

    // Two equally large maps are there to be joined whenever a layer kept the size.
    private void Join()
    {
        var equal = _maps.Where(map => map.Height == _height && map.Width == _width && map.Name != Last).ToArray();
        if (equal.Length == 0)
        {
            Convolution();
            return;
        }

        var other = choices.Of(equal);
        bool add = other.Channels == _channels && choices.OneIn(2);
        string last = Last;
        if (!add)
            _channels += other.Channels;
        Add($"[Join(Merge.{(add ? "Add" : "Concat")}, From = [nameof({other.Name}), nameof({last})])]", "Join");
    }

    private void Residual(int channels, int stride, string shortcut, int repeat)
    {
        string branch = $"Branch{_count}";
        string step = stride == 1 ? "" : ", Stride = 2";
        string second = choices.Of("ConvBatchNorm", "Conv", "BatchNormReLUConv", "ConvReLU");
        _branches.Append($$"""

                [Branch]
                public sealed partial class {{branch}}
                {
                    [ConvBatchNormReLU({{4 * (1 + choices.Below(3))}}{{step}})] public partial ConvBatchNormReLU A { get; }
                    [{{second}}({{channels}})] public partial {{(second == "Conv" ? "Conv2d" : second)}} B { get; }
                }

            """);
        List<string> arguments = [];
        if (shortcut.Length > 0)
            arguments.Add($"Shortcut = {shortcut}");
        if (repeat > 1)
            arguments.Add($"Repeat = {repeat}");
        if (choices.OneIn(4))
            arguments.Add("ReLU = false");

        _channels = channels;
        Shrink(stride, (size, by) => (size + by - 1) / by);
        string type = $"Residual<{branch}>";
        Add($"[Residual<{branch}>({string.Join(", ", arguments)})]".Replace("()", "", StringComparison.Ordinal),
            repeat > 1 ? $"ModuleList<{type}>" : type);
    }

    private void Head()
    {
        bool pools = choices.OneIn(2) || _height * _width > 64;
        Add(pools ? "[GlobalAvgPool]" : "[Flatten]", pools ? "GlobalAvgPool" : "Flatten");
        if (choices.OneIn(3))
            Add("[Dropout(0.5)]", "Dropout");
        Add($"[Linear({1 + choices.Below(10)})]", "Linear");
    }

    // Where there is something to compute again.
    private void Recompute()
    {
        if (_branches.Length > 0 && choices.OneIn(3))
            _input += ", Recompute = Recompute.Block";
        else if (_members.ToString().Contains("[BatchNormReLUConv(", StringComparison.Ordinal) && choices.OneIn(2))
            _input += ", Recompute = Recompute.Normalisation";
    }

    private void Shrink(int by, Func<int, int, int>? rule = null)
    {
        rule ??= (size, step) => size / step;
        _height = rule(_height, by);
        _width = rule(_width, by);
    }

    private void Add(string attribute, string type)
    {
        string member = $"L{_count++}";
        string tap = choices.OneIn(8) ? "[Tap] " : "";
        _members.Append($"    {tap}{attribute} public partial {type} {member} {{ get; }}\n");
        _maps.Add((member, _channels, _height, _width));
    }

    private Draw Done(Expectation expected) =>
        new(name, $"[Network({_input})]\npublic sealed partial class {name}\n{{\n{_members}{_branches}}}", expected);
}
