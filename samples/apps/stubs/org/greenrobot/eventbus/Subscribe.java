package org.greenrobot.eventbus;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** For the compiler only. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Subscribe {
}
