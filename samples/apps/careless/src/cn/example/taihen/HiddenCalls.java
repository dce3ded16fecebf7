package cn.example.taihen;

import android.content.Context;
import android.database.Cursor;
import android.provider.CallLog;
import java.lang.reflect.Method;

/** Never called by anything: what it reads is present in the package and not reachable. */
final class HiddenCalls {
    private HiddenCalls() {
    }

    static int countCalls(Context context) {
        Cursor calls = context.getContentResolver().query(CallLog.Calls.CONTENT_URI, null, null, null, null);
        int count = calls.getCount();
        calls.close();
        return count;
    }

    /** The call is made by reflection: only its name is in the code. */
    static Object readMeid(Object phone) throws Exception {
        Method method = phone.getClass().getMethod("getMeid");
        return method.invoke(phone);
    }
}
