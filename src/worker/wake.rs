//! Listens for jobs. It only shortens the wait: polling finds every job as well.

use std::rc::Rc;
use std::time::Duration;

use sqlx::postgres::PgListener;

use super::Shared;

/// Within this a notification to ourselves must arrive, or something between us and the server swallows them, as poolers do.
const PROBE: Duration = Duration::from_secs(1);

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
    let pool = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect_lazy_with(shared.link.options().clone());
    let mut listener = PgListener::connect_with(&pool).await.map_err(|_| true)?;
    listener.listen("dot_job").await.map_err(|_| true)?;
    let probe = format!("probe {}", shared.plan.worker);
    let sql = format!("notify dot_job, '{probe}'");
    if let Ok(mut other) = shared.link.connect().await {
        let _ = crate::database::query::execute(&mut other, &sql).await;
    }
    let answer = async {
        loop {
            match listener.recv().await {
                Ok(said) if said.payload() == probe => return true,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
    };
    if !tokio::time::timeout(PROBE, answer).await.unwrap_or(false) {
        return Err(false);
    }
    loop {
        match listener.try_recv().await {
            Ok(Some(said)) if !said.payload().starts_with("probe ") => shared.bell.notify_waiters(),
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => return Err(true),
        }
    }
}
