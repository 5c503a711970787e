//! Listens for jobs. It only shortens the wait: polling finds every job as well.

use std::rc::Rc;
use std::time::Duration;

use super::Shared;
use crate::database::listen;

pub async fn listen(shared: Rc<Shared>) {
    if !shared.plan.notify {
        return;
    }
    loop {
        if let Err(lost) = heard(&shared).await
            && !lost
        {
            return;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Rings the bell for every notification. Gives, once the connection is gone, whether to listen again.
async fn heard(shared: &Shared) -> Result<(), bool> {
    let Some(mut listener) = listen::listener(&shared.link.options(), "dot_job").await.map_err(|_| true)? else {
        return Err(false);
    };
    shared.link.direct(true);
    loop {
        match listener.try_recv().await {
            Ok(Some(_)) => shared.bells.ring(),
            Ok(None) | Err(_) => {
                shared.link.direct(false);
                return Err(true);
            }
        }
    }
}
