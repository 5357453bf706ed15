using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>In-place operations return this same object, so that a chain allocates nothing; zero_ alone makes a new one.</summary>
    public partial class Tensor
    {
        private Tensor Done(int status)
        {
            Check(status);
            return this;
        }

        public Tensor add_(Tensor target) => Done(rt_add_(this, target, ScalarValue.One));

        public Tensor add_(Tensor target, Scalar alpha) => Done(rt_add_(this, target, alpha.Required(nameof(alpha))));

        public Tensor add_(Scalar scalar) => Done(rt_add_scalar_(this, scalar.Required(), ScalarValue.One));

        public Tensor add_(Scalar scalar, Scalar alpha) => Done(rt_add_scalar_(this, scalar.Required(), alpha.Required(nameof(alpha))));

        public Tensor sub_(Tensor target) => Done(rt_sub_(this, target, ScalarValue.One));

        public Tensor sub_(Scalar target) => Done(rt_sub_scalar_(this, target.Required(nameof(target)), ScalarValue.One));

        public Tensor mul_(Tensor target) => Done(rt_mul_(this, target));

        public Tensor mul_(Scalar target) => Done(rt_mul_scalar_(this, target.Required(nameof(target))));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Done(rt_div_(this, target, (int)rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
            => Done(rt_div_scalar_(this, target.Required(nameof(target)), (int)rounding_mode));

        public Tensor pow_(Tensor exponent) => Done(rt_pow_(this, exponent));

        public Tensor pow_(Scalar exponent) => Done(rt_pow_scalar_(this, exponent.Required(nameof(exponent))));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
            => Done(rt_addcdiv_(this, tensor1, tensor2, value.Required(nameof(value))));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Done(rt_addcdiv_(this, tensor1, tensor2, ScalarValue.One));

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
            => Done(rt_addcmul_(this, tensor1, tensor2, value.Required(nameof(value))));

        public Tensor lerp_(Tensor end, Tensor weight) => Done(rt_lerp_(this, end, weight));

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Done(rt_clamp_(this, min.OrNone(), max.OrNone()));

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Done(rt_clamp_tensor_(this, min, max));

        public Tensor masked_fill_(Tensor mask, Scalar value) => Done(rt_masked_fill_(this, mask, value.Required(nameof(value))));

        public Tensor relu_() => Done(rt_relu_(this));

        public Tensor sigmoid_() => Done(rt_sigmoid_(this));

        public Tensor fill_(Scalar value) => Done(rt_fill_scalar_(this, value.Required(nameof(value))));

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Done(rt_copy_(this, source, nonBlocking ? 1 : 0));

        public Tensor set_(Tensor source) => Done(rt_set_(this, source));

        public Tensor zero_()
        {
            Check(rt_zero_(this));
            return alias();
        }

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null)
            => Drawn(rt_normal_(this, mean, std, Generator.HandleOf(generator)), generator);

        public Tensor uniform_(double from, double to, Generator? generator = null)
            => Drawn(rt_uniform_(this, from, to, Generator.HandleOf(generator)), generator);

        public Tensor random_(double from, double to, Generator? generator = null)
            => Drawn(rt_random_(this, (long)from, (long)to, Generator.HandleOf(generator)), generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
            => Drawn(rt_bernoulli_(this, p, Generator.HandleOf(generator)), generator);

        public Tensor bernoulli_(Tensor p, Generator? generator = null)
            => Drawn(rt_bernoulli_tensor_(this, p, Generator.HandleOf(generator)), generator);

        private Tensor Drawn(int status, Generator? generator)
        {
            Check(status);
            GC.KeepAlive(generator);
            return this;
        }
    }
}
