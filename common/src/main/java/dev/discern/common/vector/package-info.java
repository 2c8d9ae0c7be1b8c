/** Dense kernels on floats and on byte codes of them: a scalar reference and the Vector API versions tested against it. The only package that uses the Vector API. */
@NullMarked
package dev.discern.common.vector;

import org.jspecify.annotations.NullMarked;
