namespace TorchSharp;

using TorchSharp.Modules;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales all gradients together so that their norm is at most max_norm; gives the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
                => Gradients.ClipNorm(tensors, max_norm, norm_type);

            /// <summary>Cuts every gradient to ±clip_value.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value) => Gradients.ClipValue(tensors, clip_value);

            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                var handle = IntPtr.Zero;
                Gradients.Call(tensors, handles => handle = NativeMethods.rt_parameters_to_vector(handles, handles.Length));
                return Tensor.Wrap(handle);
            }

            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
                => Gradients.Call(tensors, handles => NativeMethods.Check(NativeMethods.rt_vector_to_parameters(vec, handles, handles.Length)));

            /// <summary>Weight and bias of the convolution that does what conv followed by a trained batch norm does.</summary>
            public static (Parameter weight, Parameter bias) fuse_conv_bn_weights(Tensor conv_w, Tensor? conv_b, Tensor bn_rm, Tensor bn_rv, double bn_eps, Tensor? bn_w, Tensor? bn_b, bool transpose = false)
            {
                var shape = new long[conv_w.ndim];
                Array.Fill(shape, 1);
                shape[transpose ? 1 : 0] = -1;
                return Fuse(conv_w, conv_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, shape);
            }

            public static (Parameter weight, Parameter bias) fuse_linear_bn_weights(Tensor linear_w, Tensor? linear_b, Tensor bn_rm, Tensor bn_rv, double bn_eps, Tensor bn_w, Tensor bn_b)
                => Fuse(linear_w, linear_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, [-1, 1]);

            public static Linear fuse_linear_bn_eval(Linear linear, BatchNorm bn)
            {
                if (linear.training || bn.training)
                    throw new ArgumentException("Fusion only for eval!");
                var (weight, bias) = fuse_linear_bn_weights(linear.weight, linear.bias, bn.running_mean!, bn.running_var!, bn.eps, bn.weight, bn.bias!);
                var fused = Linear(weight, bias);
                fused.eval();
                return fused;
            }

            private static (Parameter, Parameter) Fuse(Tensor weight, Tensor? bias, Tensor mean, Tensor variance, double eps, Tensor? gamma, Tensor? beta, long[] shape)
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                var scale = variance.add(eps).rsqrt();
                if (gamma is not null)
                    scale = scale.mul(gamma);
                var shift = (bias is null ? mean.neg() : bias.sub(mean)).mul(scale);
                if (beta is not null)
                    shift = shift.add(beta);
                var fused = (new Parameter(weight.mul(scale.reshape(shape))), new Parameter(shift));
                fused.Item1.MoveToOuterDisposeScope();
                fused.Item2.MoveToOuterDisposeScope();
                return fused;
            }
        }
    }
}
