namespace TorchSharp
{
    using TorchSharp.Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static ZeroPad2d ZeroPad2d(long padding) => new(padding, padding, padding, padding);

            public static ZeroPad2d ZeroPad2d((long, long, long, long) padding) => new(padding.Item1, padding.Item2, padding.Item3, padding.Item4);

            public static ConstantPad2d ConstantPad2d(long padding, double value) => new(value, padding, padding, padding, padding);

            public static ConstantPad2d ConstantPad2d((long, long, long, long) padding, double value)
                => new(value, padding.Item1, padding.Item2, padding.Item3, padding.Item4);

            public static ReflectionPad2d ReflectionPad2d(long padding) => new(padding, padding, padding, padding);

            public static ReflectionPad2d ReflectionPad2d((long, long, long, long) padding)
                => new(padding.Item1, padding.Item2, padding.Item3, padding.Item4);
        }
    }
}

namespace TorchSharp.Modules
{
    using static TorchSharp.torch;

    /// <summary>Padding amounts: left, right, top, bottom.</summary>
    public abstract class PadBase : ParameterLessModule<Tensor, Tensor>
    {
        private readonly PaddingModes _mode;

        protected PadBase(string name, PaddingModes mode, double value, params long[] padding) : base(name)
            => (_mode, this.value, this.padding) = (mode, value, padding);

        public long[] padding { get; set; }
        public double value { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.pad(input, padding, _mode, value);
    }

    public sealed class ZeroPad2d : PadBase
    {
        internal ZeroPad2d(params long[] padding) : base(nameof(ZeroPad2d), PaddingModes.Constant, 0, padding) { }
    }

    public sealed class ConstantPad2d : PadBase
    {
        internal ConstantPad2d(double value, params long[] padding) : base(nameof(ConstantPad2d), PaddingModes.Constant, value, padding) { }
    }

    public sealed class ReflectionPad2d : PadBase
    {
        internal ReflectionPad2d(params long[] padding) : base(nameof(ReflectionPad2d), PaddingModes.Reflect, 0, padding) { }
    }
}
